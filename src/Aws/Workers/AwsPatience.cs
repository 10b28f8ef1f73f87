using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>
/// A worker's patience with AWS beyond the SDK's own retries: it waits out an outage that is short, because its task is
/// paid for and its job is not to blame. Between two tries it waits 1, 2, 4, 8 and then always 15 seconds.
/// </summary>
/// <param name="outage">How long a call is asked again that had no answer.</param>
/// <param name="denial">
/// How long a call is asked again that was denied, where the caller says that a denial may pass.
/// </param>
public sealed class AwsPatience(TimeSpan outage, TimeSpan denial, TimeProvider clock)
{
    /// <summary>Less than the five minutes after which a silent worker counts as hung.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(2);

    /// <summary>IAM shows a new role or policy everywhere within seconds, rarely a minute.</summary>
    public static readonly TimeSpan Denial = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    public AwsPatience(TimeProvider clock)
        : this(Outage, Denial, clock)
    {
    }

    /// <summary>A moment from which several calls share one patience.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Calls until AWS answers, or the patience is over. The call must be one that may be repeated.</summary>
    /// <param name="failure">
    /// What it means when AWS does not answer, for people: <c>The input of run x could not be read</c>.
    /// </param>
    /// <param name="denialPasses">
    /// The permission is the runner's own, so a denial may come of a deployment a moment ago.
    /// </param>
    /// <param name="since">
    /// When the patience began: <see cref="Now"/> of an earlier call that shares it; null begins anew.
    /// </param>
    /// <exception cref="AwsUnavailableException">AWS did not answer in time.</exception>
    public async Task<T> AskAsync<T>(
        string failure, Func<Task<T>> call, bool denialPasses, CancellationToken cancellation, long? since = null)
    {
        var began = since ?? Now;
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && LimitOf(e, denialPasses) is { } limit)
            {
                var isOver = clock.GetElapsedTime(began) + wait > limit;
                if (isOver) throw new AwsUnavailableException($"{failure}: {e.Message}", e);
                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    private TimeSpan? LimitOf(Exception e, bool denialPasses)
    {
        if (AwsFailures.IsOutage(e)) return outage;
        return denialPasses && AwsFailures.IsDenial(e) ? denial : null;
    }
}
