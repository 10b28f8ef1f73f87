namespace Jobs.Core.Dispatch;

/// <summary>
/// The permission to pace launches, one item of the Runs table. It keeps two dispatchers from using the launch rate
/// twice and protects nothing else: with two at once ECS refuses some launches for their rate, and no run is launched
/// twice.
/// </summary>
public interface IDispatchLease
{
    /// <summary>
    /// Takes the lease if it is free, expired, or the holder's already. Null when another holder has it.
    /// </summary>
    /// <param name="holder">A name that no other process uses.</param>
    /// <param name="until">When the lease expires unless it is kept.</param>
    Task<DispatchLease?> TakeAsync(
        string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Puts the expiry off and notes the pacing. False when the lease was lost.</summary>
    Task<bool> KeepAsync(string holder, DateTimeOffset until, Pacing pacing, CancellationToken cancellation);

    /// <summary>Gives the lease back with the pacing for the next holder; changes nothing when it was lost.</summary>
    Task ReleaseAsync(string holder, Pacing pacing, CancellationToken cancellation);
}
