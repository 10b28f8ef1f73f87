namespace Jobs.Core.Runs;

/// <summary>What a request to cancel a run did.</summary>
public enum CancelAnswer
{
    /// <summary>There is no run of this id.</summary>
    NoSuchRun,

    /// <summary>The run had ended before; nothing was changed.</summary>
    AlreadyOver,

    /// <summary>The run had no task and is over.</summary>
    Cancelled,

    /// <summary>Its task is told to stop; the run is over when it has.</summary>
    Stopping,
}
