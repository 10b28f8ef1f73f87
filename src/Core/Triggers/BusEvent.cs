namespace Jobs.Core.Triggers;

/// <summary>An event of EventBridge as a rule hands it on.</summary>
/// <param name="Id">EventBridge's id.</param>
/// <param name="Json">The whole event.</param>
/// <param name="Detail">Its detail as JSON.</param>
/// <param name="Resource">ARN of the first thing that it is about; null when it names none.</param>
public sealed record BusEvent(string Id, string Json, string Detail, string? Resource = null);
