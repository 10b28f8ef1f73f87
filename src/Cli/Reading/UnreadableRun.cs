using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>A run that is there, and of which the tables have something that cannot be read.</summary>
internal sealed record UnreadableRun(RunId Id, string Why)
{
    public const string Remedy =
        "If a newer version deployed the stack, install its command line: dotnet tool update --global Jobs.Cli. " +
        "Otherwise the item was changed by hand: " +
        "look at it in the table (aws dynamodb query, partition key pk is the run's id), and correct or delete it.";

    public static UnreadableRun Of(RunId id, FormatException e) =>
        new(id, e is UnreadableRunException unreadable ? unreadable.Why : e.Message);
}
