namespace Jobs.Bench.Cost;

/// <summary>What each path may pay: write units, read units.</summary>
internal static class Budgets
{
    public const string Upload = "upload";
    public const string Scheduled = "scheduled";
    public const string Child = "child";
    public const string Parent = "parent of one child";
    public const string Failure = "failure, three attempts";

    public static IReadOnlyList<Budget> All { get; } =
    [
        new(Upload, 7, 2.5) { MostDollars = 9 },
        new(Scheduled, 9, 8) { MostDollars = 10 },
        new(Child, 12, 8) { MostDollars = 14 },
        new(Parent, 15, 13),
        new(Failure, 19, 8),
    ];

    public static Budget Of(string path) => All.Single(budget => budget.Path == path);
}
