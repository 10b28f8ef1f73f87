namespace Jobs;

/// <summary>
/// CloudWatch tells the runner's list when the job's runs fail, take long or cost as much as this. It turns the job's
/// own metrics on, each of which costs $0.30 a month, and each alarm $0.10: https://aws.amazon.com/cloudwatch/pricing/.
/// </summary>
/// <example><code>
/// [Alarm(FailurePercent = 20, DurationMinutes = 10, DollarsPerDay = 5)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AlarmAttribute : Attribute
{
    /// <summary>
    /// So many of a hundred runs that end within an hour fail or time out, 1 to 100. One of one is a hundred. Default
    /// 0: no such alarm.
    /// </summary>
    public int FailurePercent { get; set; }

    /// <summary>
    /// An attempt took so many minutes from its claim to the end of its task, 1 to the job's TimeoutMinutes. Default 0:
    /// no such alarm.
    /// </summary>
    public int DurationMinutes { get; set; }

    /// <summary>
    /// Tasks that ended within a day cost so many US dollars of Fargate, at the prices of us-east-1: above 0. Default
    /// 0: no such alarm.
    /// </summary>
    public double DollarsPerDay { get; set; }

    internal JobAlarms ToAlarms() => new()
    {
        FailurePercent = FailurePercent == 0 ? null : FailurePercent,
        DurationMinutes = DurationMinutes == 0 ? null : DurationMinutes,
        DollarsPerDay = DollarsPerDay == 0 ? null : DollarsPerDay,
    };
}
