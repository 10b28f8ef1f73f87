using Jobs.Core.Verdicts;

namespace Jobs.Core.Metrics;

/// <summary>
/// Figures of runs, each given once it is recorded: of several processes that met the same fact, the one whose write
/// won gives it. One that dies between its write and this leaves the figure out.
/// </summary>
public interface IRunMetrics
{
    /// <summary>An attempt or a run has ended.</summary>
    void Ended(EndFigures end);

    /// <summary>ECS took a launch.</summary>
    void Launched(string job);

    /// <summary>ECS refused a launch.</summary>
    void Refused(string job, VerdictClass reason);

    /// <param name="job">A job with a queue.</param>
    /// <param name="messages">Its messages that wait or are in hand, 0 or more.</param>
    void Backlog(string job, long messages);

    /// <param name="runs">Those that a dispatcher found waiting, 1 or more.</param>
    void Waiting(int runs);
}
