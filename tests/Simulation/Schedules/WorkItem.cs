namespace Jobs.Tests.Simulation.Schedules;

/// <summary>Something people do in a schedule.</summary>
/// <param name="At">When, from the start.</param>
internal abstract record WorkItem(TimeSpan At)
{
    /// <summary>A file is uploaded that starts a job.</summary>
    public sealed record Upload(TimeSpan At, string Job, int Number) : WorkItem(At)
    {
        public override string ToString() => $"{At:hh\\:mm\\:ss} upload {Number} for {Job}";
    }

    /// <summary>Somebody cancels the run of an upload.</summary>
    public sealed record Cancel(TimeSpan At, string Job, int Number) : WorkItem(At)
    {
        public override string ToString() => $"{At:hh\\:mm\\:ss} cancel the run of upload {Number} for {Job}";
    }

    /// <summary>Messages are sent to the queue.</summary>
    public sealed record Messages(TimeSpan At, int Count) : WorkItem(At)
    {
        public override string ToString() => $"{At:hh\\:mm\\:ss} send {Count} messages";
    }

    /// <summary>A deployment without one of the jobs.</summary>
    public sealed record Removal(TimeSpan At, string Job) : WorkItem(At)
    {
        public override string ToString() => $"{At:hh\\:mm\\:ss} deploy without {Job}";
    }
}
