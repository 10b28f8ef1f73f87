using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>What could not be handled, why, and back with it.</summary>
internal static class DeadLettersCommand
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 1_000;
    private const int MaxBody = 600;

    public static Command Create(CliContext cli)
    {
        var queue = new Argument<string?>("queue")
        {
            Description = "Name of the queue; every queue when it is left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var redrive = new Option<bool>("--redrive")
        {
            Description = "Moves the messages of the queue back to where they came from, to be handled again.",
        };
        var limit = new Option<int>("--limit", "-n")
        {
            Description = "Messages to show of each queue, 1 to 1000.",
            DefaultValueFactory = _ => DefaultLimit,
            HelpName = "count",
        };
        var command = new CliCommand(
            "dead-letters",
            "Shows the messages that could not be handled, with the reason. They stay where they are, hidden from " +
            "others " +
            "for the moment in which they are read.",
            "dotnet jobs dead-letters",
            "dotnet jobs dead-letters Uploads --limit 100 --json | jq -r '.messages[].reason'",
            "dotnet jobs dead-letters Uploads --redrive")
        {
            queue, redrive, limit, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var max = parsed.GetValue(limit) is var count and >= 1 and <= MaxLimit
                ? count
                : throw CliException.Usage($"--limit {parsed.GetValue(limit)} is not from 1 to {MaxLimit}.");
            var name = parsed.GetValue(queue) is { } given ? QueueNames.Check(given, stack.Queues) : null;
            var json = parsed.GetValue(SharedOptions.Json);
            if (!parsed.GetValue(redrive)) return await ShowAsync(cli, stack, name, max, json, cancellation);
            return await RedriveAsync(cli, stack, name ?? throw NoQueue(stack), json, cancellation);
        }, fresh: true);
        return command;
    }

    private static CliException NoQueue(IStack stack) => CliException.Usage(
        $"--redrive needs the queue: {stack.Place.Lines.Redrive("QUEUE")}   " +
        $"There are: {string.Join(", ", stack.Queues.DeadLetters)}.");

    private static async Task<int> ShowAsync(
        CliContext cli, IStack stack, string? name, int max, bool json, CancellationToken cancellation)
    {
        var queues = (await QueueState.AllAsync(stack.Queues, cancellation))
            .Where(queue => name is null ? stack.Queues.DeadLetters.Contains(queue.Name) : queue.Name == name)
            .ToList();
        var letters = new List<(string Queue, DeadLetter Letter)>();
        foreach (var queue in queues.Where(queue => queue.DeadLetters > 0))
        {
            var read = await stack.Queues.PeekAsync(queue.Name, max, cancellation);
            letters.AddRange(read.Select(letter => (queue.Name, letter)));
        }

        if (!json) Print(cli, stack, queues, letters);
        else cli.WriteJson(DeadLetterListShape.Of(queues, letters), ShapeJson.Default.DeadLetterListShape);
        return ExitCodes.Done;
    }

    private static void Print(
        CliContext cli, IStack stack, List<QueueState> queues, List<(string Queue, DeadLetter Letter)> letters)
    {
        var table = new TextTable("Queue", "Dead letters");
        foreach (var queue in queues)
        {
            var count = new Cell(Words.Invariant($"{queue.DeadLetters:#,0}"), queue.DeadLetters > 0 ? "red" : "green");
            table.Add(new Cell(queue.Name, "bold"), count);
        }

        table.Print(cli.Data);
        foreach (var (queue, letter) in letters) Print(cli, queue, letter);
        var full = queues.Where(queue => queue.DeadLetters > 0).ToList();
        if (full.Count == 0) cli.Note("Nothing was left behind.");
        if (full.Find(queue => stack.Queues.Working.Contains(queue.Name)) is not { } first) return;
        cli.Note($"\nWhen the cause is mended: {stack.Place.Lines.Redrive(first.Name)}");
    }

    private static void Print(CliContext cli, string queue, DeadLetter letter)
    {
        var silent = $"Received {letter.Receives} times and never handled; the function's log says why.";
        var ago = Words.Ago(letter.SentAt, cli.Clock.GetUtcNow());
        cli.WriteLine("");
        cli.WriteLine(new Cell(queue, "bold"), $"  {ago}  ", new Cell(letter.Id, "grey"));
        cli.Data.WriteHanging(["  "], new Cell(letter.Reason ?? silent, "red"));
        cli.Data.WriteHanging(["  "], new Cell(Excerpt.Of(letter.Body, MaxBody), "grey"));
    }

    private static async Task<int> RedriveAsync(
        CliContext cli, IStack stack, string name, bool json, CancellationToken cancellation)
    {
        var moved = await new DeadLetterMove(stack, name, perMinute: null, cli.Clock, cli.Note).RunAsync(cancellation);
        if (json) cli.WriteJson(new RedriveShape(name, moved), ShapeJson.Default.RedriveShape);
        else cli.WriteLine($"{Words.Count(moved, "message")} went back to {name}. Look: {stack.Place.Lines.Status()}");
        return ExitCodes.Done;
    }
}
