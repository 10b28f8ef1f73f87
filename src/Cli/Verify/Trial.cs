using Amazon.Runtime;
using Jobs.Cli.Ground;

namespace Jobs.Cli.Verify;

/// <summary>Puts one promise to the test.</summary>
/// <param name="name">One word, by which it is chosen.</param>
/// <param name="expected">The promise, a sentence.</param>
internal abstract class Trial(string name, string expected)
{
    public string Name => name;

    public string Expected => expected;

    /// <summary>Whatever is missed, and whatever AWS refuses, is a finding.</summary>
    public async Task<Finding> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(cancellation);
        }
        catch (MissedException e)
        {
            return Broken(e.Message, e.NextStep);
        }
        catch (CliException e)
        {
            return Broken("It could not be tried.", e.Message);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return Broken(
                $"A call was refused, or not answered: {e.Message}",
                "Give who verifies the permissions that docs/guide/verify.md lists, or look at the network.");
        }
    }

    /// <exception cref="MissedException">What was expected was not seen.</exception>
    protected abstract Task<Finding> TryAsync(CancellationToken cancellation);

    protected Finding Kept(string seen) => new(name, Standing.Kept, expected, seen, null);

    protected Finding NotTried(string seen) => new(name, Standing.NotTried, expected, seen, null);

    private Finding Broken(string seen, string nextStep) => new(name, Standing.Broken, expected, seen, nextStep);
}
