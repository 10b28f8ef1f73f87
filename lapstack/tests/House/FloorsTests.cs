namespace Lapstack.Tests.House;

/// <summary>Lapstack is built on floors: a folder knows folders below it, and none beside or above it.</summary>
public sealed class FloorsTests
{
    private const string Roof = "";

    /// <summary>From the ground up. A service with all that is in it counts as one folder.</summary>
    private static readonly string[][] Floors =
    [
        ["Ground", "Schedules", "State"],
        ["Chaos", "Patterns", "Processes", "Template"],
        ["Access"],
        ["Ports", "Wire"],
        ["Delivery", "Services"],
        [
            "Services/AutoScaling",
            "Services/CloudFormation",
            "Services/CloudWatch",
            "Services/DynamoDb",
            "Services/Ecs",
            "Services/Events",
            "Services/Lambda",
            "Services/Logs",
            "Services/S3",
            "Services/Scheduler",
            "Services/SecretsManager",
            "Services/Sns",
            "Services/Sqs",
            "Services/Ssm",
            "Services/Sts",
        ],
        ["Services/SecretValues"],
        [Roof],
    ];

    /// <summary>The one service that is large enough to have floors of its own.</summary>
    private static readonly string[][] EcsFloors =
    [
        ["Services/Ecs/Api"],
        ["Services/Ecs/Clusters", "Services/Ecs/Definitions"],
        ["Services/Ecs/Tasks"],
        ["Services/Ecs/Engines"],
        ["Services/Ecs/Running"],
        ["Services/Ecs/Launching"],
        ["Services/Ecs/Scheduling"],
        ["Services/Ecs"],
    ];

    [Fact]
    public void Folders_know_only_what_is_below_them() => AssertDownward(Floors, TopOf, _ => true);

    [Fact]
    public void Parts_of_ECS_know_only_what_is_below_them() =>
        AssertDownward(EcsFloors, folder => folder, folder => TopOf(folder) == "Services/Ecs");

    private static void AssertDownward(string[][] floors, Func<string, string> topOf, Func<string, bool> isInside)
    {
        var levels = floors.SelectMany((folders, level) => folders.Select(folder => (folder, level)))
            .ToDictionary(pair => pair.folder, pair => pair.level);
        var arrows = (
            from arrow in Arrow.All
            where isInside(arrow.From) && isInside(arrow.To)
            let ends = (From: topOf(arrow.From), To: topOf(arrow.To))
            where ends.From != ends.To
            select (ends.From, ends.To, arrow.Text)).ToList();

        // A folder without a floor comes first: the arrows cannot be judged without it.
        Assert.Equal([], Arrow.Folders.Where(isInside).Select(topOf).Distinct().Except(levels.Keys));
        var upward = string.Join(
            '\n',
            from arrow in arrows
            where levels[arrow.To] >= levels[arrow.From]
            select arrow.Text);
        Assert.True(upward.Length == 0, upward);
        // A folder that uses no other would be on the lowest floor: so the arrows are seen.
        Assert.Equal([], floors.Skip(1).SelectMany(folders => folders).Except(arrows.Select(arrow => arrow.From)));
    }

    private static string TopOf(string folder) =>
        folder.Split('/') is ["Services", var service, ..] ? $"Services/{service}" : folder.Split('/')[0];
}
