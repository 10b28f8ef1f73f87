using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Sdk.Attributes;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;

namespace Jobs.Sdk.Children;

/// <summary>
/// The children of a run, as one of its attempts sees them. An attempt that is repeated submits the same children under
/// the same ids.
/// </summary>
internal sealed class RunChildren(
    LaunchId launch, Func<IWorkerChildren> port,
        Func<string, CancellationToken, Task<Stream>> openObject) : IRunChildren
{
    private readonly Lock _gate = new();
    private int? _awaited;
    private int _submitted;
    private Task<IReadOnlyDictionary<int, ChildRun>>? _known;

    /// <summary>Submissions that are under way, or have failed.</summary>
    private int _sending;

    public async Task<IReadOnlyList<Child>> EndedAsync(CancellationToken cancellation)
    {
        var awaited = await AwaitedAsync(cancellation);
        if (awaited == 0) return [];
        var children = await port().ChildrenAsync(launch.Run, cancellation);
        return [.. children.Where(child => child.Index < awaited && child.State is not null)
            .Select(child => new Child(child.Index, child.Run.ToString(), child.State!.Value, child.Error))];
    }

    /// <param name="job">Class of the children.</param>
    public async Task SubmitAsync(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type job,
        IEnumerable<object> inputs,
        CancellationToken cancellation)
    {
        var (name, input) = (JobName.Of(job), JobType.InputOf(job));
        var texts = inputs.Select((value, index) => SubmitCommand.Write(value, input, name, index)).ToList();
        // Before anything is awaited: the order of the calls decides which child is which, in this attempt and in the
        // next.
        var place = Reserve(texts.Count);
        var first = place + await AwaitedAsync(cancellation);
        CheckNumber(first + texts.Count);
        await CheckKnownAsync(name, first, texts, cancellation);
        await port().SendAsync([.. texts.Select((text, index) => CommandOf(first + index, text))], cancellation);
        Interlocked.Decrement(ref _sending);

        string CommandOf(int index, string text) =>
            SubmitCommand.Of($"{launch.Run}/{index}", name, text, (launch.Run, index));
    }

    /// <returns>Place of the first among the children of this phase.</returns>
    private int Reserve(int children)
    {
        lock (_gate)
        {
            CheckNumber(_awaited.GetValueOrDefault() + _submitted + children);
            _sending++;
            _submitted += children;
            return _submitted - children;
        }
    }

    private static void CheckNumber(int children, string argument = "inputs")
    {
        if (children <= ChildBlocks.MaxChildren) return;
        throw new ArgumentException(
            $"A run has at most {ChildBlocks.MaxChildren:N0} children, and this one would have {children:N0}. Give " +
            "each child more of the work.", argument);
    }

    /// <summary>
    /// A child stays as the first attempt submitted it: one that submits another in its place would get the wrong
    /// results.
    /// </summary>
    private async Task CheckKnownAsync(string job, int first, List<string> inputs, CancellationToken cancellation)
    {
        // A run's first launch has submitted nothing yet.
        if (launch.Number == 1) return;
        var known = await KnownAsync(cancellation);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (!known.TryGetValue(first + i, out var child) || child.Fingerprint is not { } before
                || before == InputFingerprint.Of(job, inputs[i])) continue;
            var differs = child.Run.Job == job ? "with another input" : $"of job '{child.Run.Job}' and not of '{job}'";
            throw new JobFailedException(
                $"An earlier attempt of this run submitted its child {first + i} {differs}, and it stays as it is. " +
                "Let every attempt submit the same inputs in the same order: " +
                "derive them from the run's own input, or save them as a checkpoint before they are submitted. Then " +
                "retry the run.");
        }
    }

    private Task<IReadOnlyDictionary<int, ChildRun>> KnownAsync(CancellationToken cancellation)
    {
        lock (_gate) return _known is { IsFaulted: false, IsCanceled: false } reading ? reading : _known = ReadAsync();

        async Task<IReadOnlyDictionary<int, ChildRun>> ReadAsync() =>
            (await port().ChildrenAsync(launch.Run, cancellation)).ToDictionary(child => child.Index);
    }

    public ChildrenAwaitedException Await()
    {
        if (_sending > 0)
        {
            throw new InvalidOperationException(
                "Children cannot be awaited, because not all were sent: let SubmitAsync's exception pass, and the " +
                "next attempt sends them.");
        }

        return _submitted > 0
            ? new ChildrenAwaitedException(_awaited.GetValueOrDefault() + _submitted)
            : throw new InvalidOperationException(
                "There are no new children to await: call SubmitAsync with at least one input before AwaitChildren, " +
                "in the same phase.");
    }

    /// <summary>The child's result as JSON; null when it has none.</summary>
    public async Task<string?> ResultAsync(RunId child, CancellationToken cancellation)
    {
        var (json, key) = await port().ResultAsync(child, cancellation);
        if (key is null) return json;
        using var text = new StreamReader(await openObject(key, cancellation));
        return await text.ReadToEndAsync(cancellation);
    }

    private async Task<int> AwaitedAsync(CancellationToken cancellation) =>
        _awaited ??= await port().AwaitedAsync(launch.Run, cancellation);
}
