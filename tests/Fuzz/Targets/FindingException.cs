namespace Jobs.Tests.Fuzz.Targets;

/// <summary>An input did not end as inputs have to; the message says how it ended.</summary>
internal sealed class FindingException(string message, Exception? cause = null) : Exception(message, cause);
