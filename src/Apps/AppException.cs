namespace Jobs.Apps;

/// <summary>Something a person can mend. The message says what and how; no stack trace is shown.</summary>
public sealed class AppException(string message, Exception? cause = null) : Exception(message, cause);
