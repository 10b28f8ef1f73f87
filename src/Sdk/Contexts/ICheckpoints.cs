namespace Jobs.Sdk.Contexts;

/// <summary>Where a run's checkpoint is kept between its attempts.</summary>
internal interface ICheckpoints
{
    /// <summary>False when a later launch has taken over the run.</summary>
    Task<bool> SaveAsync(string json, CancellationToken cancellation);

    /// <summary>Null when there is none.</summary>
    Task<string?> ReadAsync(CancellationToken cancellation);
}
