namespace Jobs.Tests.Simulation.Schedules;

/// <summary>Something people do in a schedule, or that happens to all at a time.</summary>
/// <param name="At">When, from the start.</param>
internal abstract record WorkItem(TimeSpan At)
{
    /// <summary>When all of it has been done, from the start.</summary>
    public virtual TimeSpan End => At;

    /// <summary>The jobs that the stack has for its sake.</summary>
    public virtual IEnumerable<string> Jobs => [];

    private string Time => At.ToString("hh\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A file is uploaded that starts a job.</summary>
    public sealed record Upload(TimeSpan At, string Job, int Number) : WorkItem(At)
    {
        /// <summary>No event tells of it: it was uploaded before its job had a trigger.</summary>
        public bool IsSilent { get; init; }

        public override IEnumerable<string> Jobs => [Job];

        public override string ToString() =>
            $"{Time} upload {Number} for {Job}{(IsSilent ? ", without an event" : "")}";
    }

    /// <summary>A person cancels the run of an upload.</summary>
    public sealed record Cancel(TimeSpan At, string Job, int Number) : WorkItem(At)
    {
        public override string ToString() => $"{Time} cancel the run of upload {Number} for {Job}";
    }

    /// <summary>Messages are sent to the queue.</summary>
    public sealed record Messages(TimeSpan At, int Count) : WorkItem(At)
    {
        public override string ToString() => $"{Time} send {Count} messages";
    }

    /// <summary>A deployment without one of the jobs.</summary>
    public sealed record Removal(TimeSpan At, string Job) : WorkItem(At)
    {
        public override string ToString() => $"{Time} deploy without {Job}";
    }

    /// <summary>A deployment that changes one of the jobs; the functions get it one after the other.</summary>
    public sealed record Deployment(TimeSpan At, string Job, Change Change) : WorkItem(At)
    {
        public override string ToString() => $"{Time} deploy {Job} {Change}";
    }

    /// <summary>The stack has one more job, which nothing else names: one that comes after others.</summary>
    public sealed record Declared(TimeSpan At, string Job) : WorkItem(At)
    {
        public override IEnumerable<string> Jobs => [Job];

        public override string ToString() => $"{Time} the stack has {Job} as well";
    }

    /// <summary>A person or a job submits a run of a job by a command.</summary>
    /// <param name="Sender">The job whose role sends it; null for a person.</param>
    public sealed record Submit(TimeSpan At, string Job, string Key, string? Sender) : WorkItem(At)
    {
        public override IEnumerable<string> Jobs => Sender is null ? [Job] : [Job, Sender];

        public override string ToString() => $"{Time} submit {Key} of {Job}{(Sender is null ? "" : $", as {Sender}")}";
    }

    /// <summary>A person submits an array.</summary>
    /// <param name="Bad">The line that is no JSON, from 0; below 0 for none.</param>
    public sealed record Array(TimeSpan At, string Job, string Key, int Count, int AtOnce, int Bad) : WorkItem(At)
    {
        public override IEnumerable<string> Jobs => [Job];

        public override string ToString() =>
            $"{Time} submit array {Key} of {Count} for {Job}, {AtOnce} at once{(Bad < 0 ? "" : $", line {Bad} broken")}";
    }

    /// <summary>A person cancels the run that a command made.</summary>
    public sealed record CancelKey(TimeSpan At, string Job, string Key) : WorkItem(At)
    {
        public override string ToString() => $"{Time} cancel {Key} of {Job}";
    }

    /// <summary>A person runs again what a command made.</summary>
    public sealed record RetryKey(TimeSpan At, string Job, string Key, string Id) : WorkItem(At)
    {
        public override string ToString() => $"{Time} retry {Key} of {Job} as {Id}";
    }

    /// <summary>A person runs an upload again.</summary>
    public sealed record Retry(TimeSpan At, string Job, int Number, string Id) : WorkItem(At)
    {
        public override string ToString() => $"{Time} retry upload {Number} for {Job} as {Id}";
    }

    /// <summary>A job's schedule comes so many times, from then on.</summary>
    public sealed record Plan(TimeSpan At, string Job, int Times) : WorkItem(At)
    {
        public override IEnumerable<string> Jobs => [Job];

        public override string ToString() => $"{Time} the schedule of {Job} comes {Times} times";
    }

    /// <summary>A person replays what was.</summary>
    public sealed record Replay(TimeSpan At, string Key, ReplayOf Of, int PerMinute, bool Force) : WorkItem(At)
    {
        public override string ToString() =>
            $"{Time} replay {Key} of {Of}, {PerMinute} a minute{(Force ? ", by force" : "")}";
    }

    /// <summary>A person cancels a replay.</summary>
    public sealed record CancelReplay(TimeSpan At, string Key) : WorkItem(At)
    {
        public override string ToString() => $"{Time} cancel replay {Key}";
    }

    /// <summary>A person pauses a job, or its schedule, for a time.</summary>
    /// <param name="OfSchedule">Only its schedule.</param>
    /// <param name="IsResumed">A person ends it then; else it ends by itself.</param>
    public sealed record Pause(
        TimeSpan At, string Job, string Key, TimeSpan Length, bool OfSchedule, bool IsResumed) : WorkItem(At)
    {
        public override TimeSpan End => At + Length;

        public override string ToString() =>
            $"{Time} pause {(OfSchedule ? "the schedule of " : "")}{Job} as {Key} for {Length:hh\\:mm\\:ss}"
                + $"{(IsResumed ? ", then resume it" : "")}";
    }

    /// <summary>Every call to a service fails for a time.</summary>
    public sealed record Outage(TimeSpan At, Port Port, TimeSpan Length) : WorkItem(At)
    {
        public override string ToString() => $"{Time} {Port} is out for {Length:hh\\:mm\\:ss}";
    }
}
