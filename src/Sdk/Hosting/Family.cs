using Jobs.Core.Commands;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Declarations;

namespace Jobs.Hosting;

/// <summary>The children of a run, as one of its attempts sees them. An attempt that is repeated submits the same children under the same ids.</summary>
internal sealed class Family(LaunchId launch, Func<IWorkerFamily> port, Func<string, CancellationToken, Task<Stream>> openObject)
{
    private int? _awaited;
    private int _submitted;

    /// <summary>Submissions that are under way, or have failed.</summary>
    private int _sending;

    public async Task<IReadOnlyList<Child>> EndedAsync(CancellationToken cancellation)
    {
        var awaited = await AwaitedAsync(cancellation);
        if (awaited == 0) return [];
        var children = await port().ChildrenAsync(launch.Run, cancellation);
        return [.. children.Where(child => child.Index < awaited && child.State is not null).Select(child => new Child(child.Index, child.Run.ToString(), child.State!.Value, child.Error))];
    }

    /// <param name="job">Class of the children.</param>
    public async Task SubmitAsync(Type job, IEnumerable<object> inputs, CancellationToken cancellation)
    {
        var (name, input) = (Declaration.NameOf(job), JobType.InputOf(job));
        var texts = inputs.Select((value, index) => SubmitCommand.Write(value, input, name, index)).ToList();
        var awaited = await AwaitedAsync(cancellation);
        var first = awaited + Interlocked.Add(ref _submitted, texts.Count) - texts.Count;
        if (first + texts.Count > CommandReader.MaxChildren)
        {
            Interlocked.Add(ref _submitted, -texts.Count);
            throw new ArgumentException($"A run has at most {CommandReader.MaxChildren:N0} children, and this one would have {first + texts.Count:N0}. Give each child more of the work.", nameof(inputs));
        }

        Interlocked.Increment(ref _sending);
        await port().SendAsync([.. texts.Select((text, index) => SubmitCommand.Of($"{launch.Run}/{first + index}", name, text, (launch.Run, first + index)))], cancellation);
        Interlocked.Decrement(ref _sending);
    }

    public ChildrenAwaitedException Await()
    {
        if (_sending > 0) throw new InvalidOperationException("Children cannot be awaited, because not all were sent: let SubmitAsync's exception pass, and the next attempt sends them.");
        return _submitted > 0
            ? new ChildrenAwaitedException(_awaited.GetValueOrDefault() + _submitted)
            : throw new InvalidOperationException("There are no new children to await: call SubmitAsync with at least one input before AwaitChildren, in the same phase.");
    }

    /// <summary>The child's result as JSON; null when it has none.</summary>
    public async Task<string?> ResultAsync(RunId child, CancellationToken cancellation)
    {
        var (json, key) = await port().ResultAsync(child, cancellation);
        if (key is null) return json;
        using var text = new StreamReader(await openObject(key, cancellation));
        return await text.ReadToEndAsync(cancellation);
    }

    private async Task<int> AwaitedAsync(CancellationToken cancellation) => _awaited ??= await port().AwaitedAsync(launch.Run, cancellation);
}
