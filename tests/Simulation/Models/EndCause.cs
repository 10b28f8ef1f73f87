namespace Jobs.Tests.Simulation.Models;

/// <summary>Why a task really ended: the world's truth, which verdicts are judged by.</summary>
internal enum EndCause
{
    /// <summary>The job did its work.</summary>
    Done,

    /// <summary>The job failed, or its image or size did: this spends an attempt.</summary>
    JobFault,

    /// <summary>The job said that repeating cannot help.</summary>
    Hopeless,

    /// <summary>The container had too little memory.</summary>
    Memory,

    /// <summary>AWS took the task away: this spends no attempt.</summary>
    Interruption,

    /// <summary>ECS forgot the task, or says nothing about how it ended.</summary>
    Lost,

    /// <summary>We sent StopTask.</summary>
    OurStop,

    /// <summary>A person sent StopTask.</summary>
    StoppedByHand,

    /// <summary>Another task had the claim.</summary>
    Superseded,

    /// <summary>Its phase is over: it awaits its children.</summary>
    Waits,
}
