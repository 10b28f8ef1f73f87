namespace Lapstack.Services.CloudWatch;

/// <summary>As CloudWatch spells them.</summary>
internal enum AlarmState
{
#pragma warning disable CA1707 // CloudWatch's own name.
    INSUFFICIENT_DATA,
#pragma warning restore CA1707
    OK,
    ALARM,
}
