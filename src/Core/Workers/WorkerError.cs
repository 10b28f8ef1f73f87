namespace Jobs.Core.Workers;

/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Stack">Stack trace with inner exceptions; null when there is none. At most 8,192 characters.</param>
/// <param name="Retryable">False when the job said that repeating cannot help.</param>
public sealed record WorkerError(string Type, string Message, string? Stack, bool Retryable);
