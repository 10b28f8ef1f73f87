using System.Collections.Concurrent;
using Jobs.Core.Metrics;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.InMemory;

/// <summary>Figures of runs in memory, in the order they were given.</summary>
public sealed class InMemoryRunMetrics : IRunMetrics
{
    private readonly ConcurrentQueue<EndFigures> _ended = new();
    private readonly ConcurrentQueue<string> _launched = new();
    private readonly ConcurrentQueue<(string Job, VerdictClass Reason)> _refused = new();
    private readonly ConcurrentQueue<(string Job, long Messages)> _backlogs = new();
    private readonly ConcurrentQueue<int> _waiting = new();

    public IReadOnlyCollection<EndFigures> Ends => _ended;

    public IReadOnlyCollection<string> Launches => _launched;

    public IReadOnlyCollection<(string Job, VerdictClass Reason)> Refusals => _refused;

    public IReadOnlyCollection<(string Job, long Messages)> Backlogs => _backlogs;

    public IReadOnlyCollection<int> WaitingRuns => _waiting;

    public void Ended(EndFigures end) => _ended.Enqueue(end);

    public void Launched(string job) => _launched.Enqueue(job);

    public void Refused(string job, VerdictClass reason) => _refused.Enqueue((job, reason));

    public void Backlog(string job, long messages) => _backlogs.Enqueue((job, messages));

    public void Waiting(int runs) => _waiting.Enqueue(runs);
}
