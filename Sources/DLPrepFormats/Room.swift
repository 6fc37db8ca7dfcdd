/// Placeholder until the module lands.
enum Room {}
