using Jobs.Core.Verdicts;

namespace Jobs.Core.Metrics;

/// <summary>None are kept.</summary>
public sealed class NoRunMetrics : IRunMetrics
{
    public void Ended(EndFigures end)
    {
    }

    public void Launched(string job)
    {
    }

    public void Refused(string job, VerdictClass reason)
    {
    }

    public void Backlog(string job, long messages)
    {
    }

    public void Waiting(int runs)
    {
    }
}
