namespace Lapstack.Ports;

/// <summary>Lambda, for the services that invoke functions (rules, topics, alarms, schedules).</summary>
public interface IFunctions
{
    bool Exists(string functionArn);

    /// <summary>
    /// RequestResponse waits for the function's answer; Event returns 202 when the event is queued, with Lambda's own
    /// retries behind it. A failed function is a result with <see cref="InvocationResult.FunctionError"/>, not an
    /// exception.
    /// </summary>
    Task<InvocationResult> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, InvocationType type, CancellationToken cancellation);
}
