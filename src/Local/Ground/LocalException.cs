namespace Jobs.Local.Ground;

/// <summary>Something a person can mend. The message says what and how; no stack trace is shown.</summary>
public sealed class LocalException(string message, Exception? cause = null) : Exception(message, cause);
