using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Cli.Reading;

/// <summary>What the stack would refuse later is refused here, at once and in the same words.</summary>
internal static class Rejected
{
    /// <exception cref="CliException">The stack would refuse it.</exception>
    public static void AsFailed(Action check) => AsFailed(() =>
    {
        check();
        return true;
    });

    /// <exception cref="CliException">The stack would refuse it.</exception>
    public static T AsFailed<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (RejectedMessageException e)
        {
            throw CliException.Failed(e.Message);
        }
    }
}
