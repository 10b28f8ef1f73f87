namespace Jobs.Core.Backlog;

/// <summary>How many tasks a service has.</summary>
/// <param name="Desired">As many it is to have.</param>
/// <param name="Running">As many do their work.</param>
public readonly record struct ServiceReading(int Desired, int Running);
