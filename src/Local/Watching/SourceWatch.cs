using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Jobs.Apps;
using Jobs.Local.Ground;

namespace Jobs.Local.Watching;

/// <summary>
/// Says which source files of a workspace change. Changes that come close together, as of an editor that saves several
/// files or of a checkout, are one.
/// </summary>
internal sealed class SourceWatch : IDisposable
{
    /// <summary>Without another change for this long, what changed is reported.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly FileSystemWatcher _watcher;
    private readonly TimeProvider _clock;
    private readonly string _root;

    /// <exception cref="IOException">The system watches no more files.</exception>
    public SourceWatch(string root, TimeProvider clock)
    {
        (_root, _clock) = (root, clock);
        _watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
        _watcher.Changed += (_, change) => Note(change.FullPath);
        _watcher.Created += (_, change) => Note(change.FullPath);
        _watcher.Deleted += (_, change) => Note(change.FullPath);
        _watcher.Renamed += (_, change) =>
        {
            Note(change.OldFullPath);
            Note(change.FullPath);
        };
        // Too many at once to be told one by one: anything may have changed.
        _watcher.Error += (_, _) => _changes.Writer.TryWrite(root);
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => _watcher.Dispose();

    /// <summary>
    /// What changed, each time that it is quiet again, until cancelled. The root stands for anything.
    /// </summary>
    public IAsyncEnumerable<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation) =>
        BatchesAsync(_changes.Reader, _clock, cancellation);

    internal static async IAsyncEnumerable<IReadOnlySet<string>> BatchesAsync(
        ChannelReader<string> changes, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await changes.WaitToReadAsync(cancellation))
        {
            var batch = new HashSet<string>(StringComparer.Ordinal);
            var quiet = false;
            while (!quiet)
            {
                while (changes.TryRead(out var path)) batch.Add(path);
                quiet = await IsQuietAsync(changes, clock, cancellation);
            }

            yield return batch;
        }
    }

    private static async Task<bool> IsQuietAsync(
        ChannelReader<string> changes, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = changes.WaitToReadAsync(patience.Token).AsTask();
        var pause = Task.Delay(Quiet, clock, patience.Token);
        var first = await Task.WhenAny(next, pause);
        await patience.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        // When it closes, what there is counts.
        return first == pause || !await next;
    }

    private void Note(string path)
    {
        if (SourceFiles.IsSource(_root, path)) _changes.Writer.TryWrite(path);
    }
}
