using System.CommandLine;
using System.Text;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Starts a run, or one for each line of a file.</summary>
internal static class SubmitCommand
{
    public const int MaxPriority = 9;

    public static Command Create(CliContext cli)
    {
        var job = new Argument<string>("job") { Description = "Name of the job." };
        var input = new Option<string?>("--input", "-i")
        {
            Description = "The input: JSON, @file, or - for stdin. Default: {}.",
            HelpName = "json|@file|-",
        };
        var priority = new Option<int>("--priority", "-p")
        {
            Description = "0 to 9: each step is a head start of an hour on the job's other waiting runs.",
            HelpName = "0-9",
        };
        var cpu = new Option<int?>("--cpu")
        {
            Description = "CPU units of this run's tasks, 256 to 16384, 1,024 to the vCPU. Default: the job's.",
            HelpName = "units",
        };
        var memory = new Option<int?>("--memory")
        {
            Description = "Memory of this run's tasks in MiB, one of those Fargate has for the CPU units. Default: " +
                "the job's.",
            HelpName = "MiB",
        };
        var array = new Option<FileInfo?>("--array")
        {
            Description = "A file of JSON lines: one run for each line, as children of one.",
            HelpName = "items.jsonl",
        };
        var atOnce = new Option<int?>("--max-concurrent")
        {
            Description = "With --array: children that run at once, 1 to 500. Default: what the job's own cap allows.",
            HelpName = "count",
        };
        var (id, follow) = (SubmissionId.Option(), SubmissionId.Follow());
        var command = new CliCommand(
            "submit",
            "Starts a run with an input. The input is checked against what the job takes before anything is sent.",
            "dotnet jobs submit csv-import --input '{\"bucket\": \"BUCKET\", \"key\": \"incoming/a.csv\"}' --follow",
            "dotnet jobs submit csv-import --input @upload.json --priority 5",
            "dotnet jobs submit csv-import --input @upload.json --cpu 4096 --memory 16384",
            "dotnet jobs submit csv-import --array uploads.jsonl --max-concurrent 10",
            "dotnet jobs submit csv-import --input @upload.json --label customer=acme --label order=17",
            "run=$(dotnet jobs submit csv-import --input @upload.json)")
        {
            job, input, priority, cpu, memory, SharedOptions.Labels, id, array, atOnce, follow, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var request = new Submission(
                await DefinitionAsync(stack, parsed.GetRequiredValue(job), cancellation),
                SubmissionId.Read(parsed.GetValue(id), cli),
                parsed.GetValue(priority) is var p and >= 0 and <= MaxPriority
                    ? p
                    : throw CliException.Usage(
                        $"--priority {parsed.GetValue(priority)} is not from 0 to {MaxPriority}."))
            {
                Labels = LabelText.Parse(parsed.GetValue(SharedOptions.Labels) ?? []),
                Cpu = parsed.GetValue(cpu),
                MemoryMiB = parsed.GetValue(memory),
            };
            await (parsed.GetValue(array) is { } file
                ? request.SendArrayAsync(stack, file, parsed.GetValue(input), parsed.GetValue(atOnce), cancellation)
                : request.SendAsync(
                    stack,
                    await InputText.ReadAsync(parsed.GetValue(input), cancellation),
                    parsed.GetValue(atOnce),
                    cancellation));
            return await TellAsync(
                cli, stack, request, parsed.GetValue(SharedOptions.Json), parsed.GetValue(follow), cancellation);
        });
        return command;
    }

    /// <exception cref="CliException">There is no such job, or its runs come with its queue's messages.</exception>
    public static async Task<JobDefinition> DefinitionAsync(IStack stack, string name, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        var job = catalog.Find(JobNames.Check(name, [.. catalog.Jobs.Select(job => job.Name)], stack.Place.Lines))!;
        return job.Queue is null ? job : throw CliException.Usage(
            $"Job '{name}' takes messages from its queue: its runs start and end with the backlog. Send it a message: " +
            $"aws sqs send-message --queue-url {stack.Place.Output(OutputNames.QueuePrefix + Names.Queue(name))} " +
            "--message-body '…'");
    }

    private static async Task<int> TellAsync(
        CliContext cli, IStack stack, Submission sent, bool json, bool follow, CancellationToken cancellation)
    {
        if (json) cli.WriteJson(new SentShape("submit", sent.Id, sent.Run.ToString()), ShapeJson.Default.SentShape);
        else cli.WriteLine(sent.Run.ToString());
        if (follow)
        {
            return await new RunFollower(cli, stack, new LogTail(cli, stack, sent.Run, json))
                .FollowAsync(sent.Run, cancellation);
        }

        await PauseNote.TellAsync(cli, stack, sent.Run.Job, cancellation);
        cli.Note($"Sent. Follow it: {stack.Place.Lines.Logs(sent.Run.ToString(), follow: true)}");
        return ExitCodes.Done;
    }
}
