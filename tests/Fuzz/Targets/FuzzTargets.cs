namespace Jobs.Tests.Fuzz.Targets;

/// <summary>Every target there is, by name.</summary>
internal static class FuzzTargets
{
    private static readonly IReadOnlyDictionary<string, Func<Task<IFuzzTarget>>> All =
        new Dictionary<string, Func<Task<IFuzzTarget>>>
        {
            ["uploads"] = () => Made(InboxTarget.Uploads()),
            ["events"] = () => Made(InboxTarget.EventsOfBuses()),
            ["schedules"] = () => Made(InboxTarget.Schedules()),
            ["stopped-tasks"] = () => Made(InboxTarget.StoppedTasks()),
            ["commands"] = () => Made(InboxTarget.Commands()),
            ["messages"] = () => Made(new MessageTarget()),
            ["keys"] = () => Made(new KeyTarget()),
            ["csv"] = () => Made(new CsvTarget()),
            ["photos"] = () => Made(new PhotoTarget()),
            ["requests"] = async () => await RequestTarget.StartAsync(),
        };

    public static IEnumerable<string> Names => All.Keys;

    /// <exception cref="KeyNotFoundException">There is no target of this name.</exception>
    public static Task<IFuzzTarget> StartAsync(string name) =>
        All.TryGetValue(name, out var start)
            ? start()
            : throw new KeyNotFoundException(
                $"There is no fuzz target '{name}'. There are: {string.Join(", ", All.Keys)}.");

    private static Task<IFuzzTarget> Made(IFuzzTarget target) => Task.FromResult(target);
}
