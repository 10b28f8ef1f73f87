using Jobs.Core.Pauses;

namespace Jobs.Tests.InMemory;

/// <summary>The pauses' item in memory, with the condition that the table has.</summary>
public sealed class InMemoryPauses : IPauses
{
    private readonly Lock _gate = new();
    private PauseList _list = PauseList.None;
    private int _reads;

    /// <summary>Reads so far.</summary>
    public int Reads => _reads;

    /// <summary>Whether reads fail.</summary>
    public bool IsAway { get; set; }

    /// <summary>The pauses as they are.</summary>
    public PauseList List
    {
        get
        {
            lock (_gate) return _list;
        }
    }

    public Task<PauseList> ReadAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return IsAway
            ? Task.FromException<PauseList>(new HttpRequestException("DynamoDB is away."))
            : Task.FromResult(List);
    }

    public Task<bool> SaveAsync(PauseList pauses, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_list.Version != pauses.Version - 1) return Task.FromResult(false);
            _list = pauses;
            return Task.FromResult(true);
        }
    }
}
