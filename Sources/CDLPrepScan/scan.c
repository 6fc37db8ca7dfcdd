#include "CDLPrepScan.h"
