namespace Lapstack.Services.CloudWatch;

/// <summary>
/// How an alarm stands. Survives restarts: an alarm that has told of something does not tell it again.
/// </summary>
/// <param name="Since">When it came into this state.</param>
internal sealed record AlarmStatus(AlarmState State, string Reason, DateTimeOffset Since)
{
    /// <summary>The reason of an alarm that has never been looked at.</summary>
    public const string New = "Unchecked: Initial alarm creation";
}
