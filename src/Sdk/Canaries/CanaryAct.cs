namespace Jobs.Sdk.Canaries;

/// <summary>What a canary is told to do.</summary>
internal enum CanaryAct
{
    Succeed,

    /// <summary>Fail in every attempt.</summary>
    Fail,

    /// <summary>Wait until it is stopped.</summary>
    Wait,

    /// <summary>Wait until it is stopped in the first launch of a run, succeed in the next.</summary>
    WaitOnce,
}
