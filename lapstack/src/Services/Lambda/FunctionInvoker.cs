using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Lambda;

/// <summary>Lambda for the rest of the emulator.</summary>
internal sealed class FunctionInvoker(FunctionStore store, AsyncInvocations asynchronous, Ids ids) : IFunctions
{
    public bool Exists(string functionArn) => store.Find(functionArn) is not null;

    public async Task<InvocationResult> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, InvocationType type, CancellationToken cancellation)
    {
        var pool = store.Get(functionArn);
        switch (type)
        {
            case InvocationType.Event:
                asynchronous.Enqueue(pool.Function.Name, ids.Uuid(), payload);
                return new InvocationResult(202, null, ReadOnlyMemory<byte>.Empty);
            case InvocationType.DryRun:
                return new InvocationResult(204, null, ReadOnlyMemory<byte>.Empty);
            case InvocationType.RequestResponse:
                return (await pool.InvokeAsync(new Invocation(ids.Uuid(), payload), cancellation)).ToResult();
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Lambda has no such invocation type.");
        }
    }
}
