namespace Lapstack.Ports;

/// <summary>What an invocation gave back.</summary>
/// <param name="StatusCode">200 for an answer, 202 for a queued event, 204 for a dry run.</param>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed or timed out; null otherwise.</param>
/// <param name="Payload">The function's answer, or its error as JSON.</param>
public sealed record InvocationResult(int StatusCode, string? FunctionError, ReadOnlyMemory<byte> Payload);
