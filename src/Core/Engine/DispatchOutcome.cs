namespace Jobs.Core.Engine;

/// <summary>What became of the attempt to launch a waiting run.</summary>
public enum DispatchOutcome
{
    /// <summary>
    /// RunTask was not called: the run owes something, its time was over, or its slot or share was taken.
    /// </summary>
    NotSent,

    /// <summary>
    /// RunTask was not called: the run had changed. Another process may have launched it, or this one, whose first
    /// answer was lost.
    /// </summary>
    Overtaken,

    /// <summary>RunTask was called, whatever it answered.</summary>
    Sent,

    /// <summary>RunTask was refused for its rate.</summary>
    Throttled,
}
