namespace Jobs.Sdk.Declarations;

/// <summary>
/// A message is not JSON, or not of the type that the job's handler takes. The message says what is wrong and what to
/// send.
/// </summary>
internal sealed class MisfitException(string message, Exception? cause = null) : Exception(message, cause);
