using System.Globalization;
using System.Text.Json;

namespace Jobs.Cli.Commands;

/// <summary>What is to run again: exactly one of these kinds.</summary>
internal abstract record ReplaySource
{
    private ReplaySource()
    {
    }

    /// <summary>In words, for people.</summary>
    public abstract string Title { get; }

    protected abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>As the commands queue takes it.</summary>
    public JsonElement ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory)) WriteTo(json);
        return JsonDocument.Parse(memory.ToArray()).RootElement;
    }

    /// <summary>As the stack will read it.</summary>
    /// <exception cref="CliException">The stack would refuse it.</exception>
    public Core.Replays.ReplaySource ToCore() => Rejected.AsFailed(() => Core.Replays.ReplayJson.Read(ToJson()));

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Objects of the bucket.</summary>
    internal sealed record Prefix(string Value) : ReplaySource
    {
        public override string Title => $"objects under {Value}";

        protected override void WriteTo(Utf8JsonWriter json) => WriteObject(json, () => json.WriteString("prefix", Value));
    }

    /// <summary>Planned times of a schedule.</summary>
    /// <param name="Name">As <c>job/name</c>.</param>
    internal sealed record Schedule(string Name, DateTimeOffset From, DateTimeOffset To) : ReplaySource
    {
        public override string Title => $"times of schedule {Name} from {Text(From)} to {Text(To)}";

        protected override void WriteTo(Utf8JsonWriter json) => WriteObject(json, () =>
        {
            json.WriteString("schedule", Name);
            json.WriteString("from", Text(From));
            json.WriteString("to", Text(To));
        });
    }

    /// <summary>Messages that could not be handled.</summary>
    internal sealed record DeadLetters(string Queue) : ReplaySource
    {
        public override string Title => $"dead letters of {Queue}";

        protected override void WriteTo(Utf8JsonWriter json) => WriteObject(json, () => json.WriteString("deadLetters", Queue));
    }

    /// <summary>Runs that failed.</summary>
    /// <param name="Job">Null for every job.</param>
    internal sealed record Failed(string? Job, DateTimeOffset From, DateTimeOffset To) : ReplaySource
    {
        public override string Title => $"failed runs{(Job is null ? "" : $" of {Job}")} from {Text(From)} to {Text(To)}";

        protected override void WriteTo(Utf8JsonWriter json) => WriteObject(json, () =>
        {
            json.WriteStartObject("failed");
            if (Job is not null) json.WriteString("job", Job);
            json.WriteString("from", Text(From));
            json.WriteString("to", Text(To));
            json.WriteEndObject();
        });
    }

    private static void WriteObject(Utf8JsonWriter json, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }
}
