namespace Jobs.Core.Alerts;

/// <summary>An e-mail that is due.</summary>
/// <param name="Since">Since when; for a storm, and after a lapsed claim, the earliest that is known.</param>
public readonly record struct AlertDue(AlertStep Step, DateTimeOffset Since);
