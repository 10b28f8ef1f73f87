namespace Lapstack.Services.CloudWatch;

/// <summary>One thing that an alarm did.</summary>
/// <param name="Type">StateUpdate or Action, as the API names them.</param>
/// <param name="Summary">In CloudWatch's words.</param>
/// <param name="Data">JSON.</param>
internal sealed record AlarmHistoryItem(string AlarmName, DateTimeOffset At, string Type, string Summary, string Data);
