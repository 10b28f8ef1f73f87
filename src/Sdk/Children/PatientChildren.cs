using Jobs.Aws.Workers;
using Jobs.Core.Children;
using Jobs.Core.Ids;

namespace Jobs.Sdk.Children;

/// <summary>
/// Children by way of a port that is asked again while AWS does not answer. A command that is sent twice starts nothing
/// twice.
/// </summary>
internal sealed class PatientChildren(IWorkerChildren children, AwsPatience patience) : IWorkerChildren
{
    public Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation) => patience.AskAsync(
        "Runs could not be submitted to the commands queue",
        async () =>
        {
            await children.SendAsync(bodies, cancellation);
            return true;
        },
        denialPasses: true,
        cancellation);

    public Task<int> AwaitedAsync(RunId run, CancellationToken cancellation) => AskAsync(
        $"The number of children of run {run} could not be read",
        () => children.AwaitedAsync(run, cancellation),
        cancellation);

    public Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation) => AskAsync(
        $"The children of run {run} could not be read", () => children.ChildrenAsync(run, cancellation), cancellation);

    public Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation) => AskAsync(
        $"The result of child {child} could not be read", () =>
            children.ResultAsync(child, cancellation), cancellation);

    private Task<T> AskAsync<T>(string failure, Func<Task<T>> call, CancellationToken cancellation) =>
        patience.AskAsync(failure, call, denialPasses: true, cancellation);
}
