namespace Lapstack.Services.Lambda;

/// <summary>An asynchronous event in Lambda's queue, as it is kept in the state folder.</summary>
/// <param name="Attempts">How often the function was invoked with it so far.</param>
internal sealed record AsyncEvent(
    string RequestId, string FunctionName, byte[] Payload, DateTimeOffset AcceptedAt, int Attempts,
    DateTimeOffset NotBefore);
