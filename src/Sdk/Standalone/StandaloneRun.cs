using System.Reflection;
using Amazon.Runtime;
using Amazon.S3;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Objects;
using Jobs.Core.Triggers;
using Jobs.Core.Workers;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Sdk.Standalone;

/// <summary>
/// Runs one job once in this process, so that a debugger is where it is started: with the bucket of the laptop's stack
/// that runs, or with a folder in its place. The host is the one that a task has; what the job declares is what it may
/// read and write. Children are told, and not submitted.
/// </summary>
internal sealed class StandaloneRun(StandaloneOptions options, IReadOnlyList<Assembly> assemblies, TextWriter notes)
{
    private const string NoStack = "standalone";

    private readonly InMemoryWorkerChildren _children = new();

    /// <summary>Folder that stands for the bucket where none is named, beside what the laptop keeps.</summary>
    public static string DefaultFolder => Path.Combine(".jobs", "bucket");

    /// <param name="services">Gets what a task has on AWS, as this process has it.</param>
    /// <param name="complete">Makes the services of it.</param>
    /// <param name="result">Where the result goes, as JSON.</param>
    /// <returns>The exit code that a task would have.</returns>
    public async Task<int> RunAsync(
        IServiceCollection services, Func<ServiceProvider> complete, TextWriter result, CancellationToken sigterm)
    {
        var job = ImageJobs.Find(assemblies, options.Job);
        var laptop = options.Bucket is null
            ? await RunningLaptop.FindAsync(Environment.CurrentDirectory, sigterm)
            : null;
        var bucket = laptop?.Bucket ?? NoStack;
        IObjects objects = laptop is null ? FolderOf() : ObjectsOf(laptop);
        var input = options.Upload is { } file
            ? InputOf(job.Definition, await UploadAsync(job, objects, bucket, file, sigterm))
            : options.Input ?? "{}";
        var launch = new LaunchId(RunId.From(options.Job, "standalone"), 1);
        var run = new StandaloneRecord(launch, input, notes);
        AddTo(services, run, new DeclaredObjects(objects, job.Definition, bucket), input);
        var provider = complete();
        await using (provider)
        {
            var settings = new WorkerSettings(options.Job, launch, bucket);
            var attempt = new Attempt(settings, assemblies, provider, provider.GetRequiredService<TimeProvider>());
            var code = await attempt.RunAsync(sigterm);
            await TellAsync(run.Outcome, result);
            return code;
        }
    }

    private FolderObjects FolderOf()
    {
        var folder = Path.GetFullPath(options.Bucket ?? DefaultFolder);
        notes.WriteLine($"The folder {folder} stands for the bucket.");
        return new FolderObjects(folder);
    }

    private S3Objects ObjectsOf(RunningLaptop laptop)
    {
        notes.WriteLine($"The bucket is {laptop.Bucket} of the stack at {laptop.Endpoint}.");
        var s3 = new AmazonS3Client(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config
            {
                ServiceURL = laptop.Endpoint.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            });
        return new S3Objects(s3, TimeProvider.System, new AwsPatience(TimeProvider.System));
    }

    private void AddTo(IServiceCollection services, StandaloneRecord run, DeclaredObjects objects, string input)
    {
        services.AddSingleton<IRunInputs>(run);
        services.AddSingleton<IRunStops>(run);
        services.AddSingleton<IWorkerRecords>(run);
        services.AddSingleton<ITaskMetadata>(run);
        services.AddSingleton<IObjects>(objects);
        services.AddSingleton<IWorkerChildren>(_children);
        services.AddSingleton<IMessageQueue>(provider =>
            new StandaloneQueue(input, provider.GetRequiredService<TimeProvider>(), notes));
    }

    /// <summary>The input of the run that an upload starts, or the message that it is in the job's queue.</summary>
    private static string InputOf(JobDefinition job, Upload upload) => job.Queue is null
        ? upload.ToJson()
        : UploadMessage.Of(
            job.Name, job.Uploads[0].Name, upload with { Sequencer = upload.Sequencer ?? "1" }).ToJson();

    /// <summary>Puts a file where an upload that starts the job would lie.</summary>
    /// <exception cref="HostFailedException">There is no such file, or uploads do not start the job.</exception>
    private static async Task<Upload> UploadAsync(
        JobType job, IObjects objects, string bucket, string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new HostFailedException($"There is no file '{Path.GetFullPath(file)}' to upload.");
        }

        if (job.Definition.Uploads is not [var trigger, ..])
        {
            throw new HostFailedException(
                $"Uploads do not start {job.Definition.Name}: it declares no [OnUpload]. Give its input: --input.");
        }

        var key = trigger.Prefix + Path.GetFileName(file);
        if (!trigger.Matches(key))
        {
            throw new HostFailedException(
                $"An upload of '{key}' does not start {job.Definition.Name}, whose uploads are " +
                $"{trigger.Prefix}*{trigger.Suffix}. Give the file a name that fits.");
        }

        await using (var content = File.OpenRead(file))
        {
            await objects.WriteAsync(bucket, key, content, null, cancellation);
        }

        return objects is FolderObjects folder
            ? folder.Find(bucket, key)
            : new Upload(bucket, key, new FileInfo(file).Length);
    }

    private async Task TellAsync(WorkerOutcome? outcome, TextWriter result)
    {
        foreach (var command in _children.Sent) await notes.WriteLineAsync($"It would submit: {command}");
        if (outcome?.Children is { } awaited)
        {
            await notes.WriteLineAsync($"It awaits {awaited} children, which only a stack runs: {CommandLines.Up()}");
        }

        if (outcome is { Labels.Count: > 0 })
        {
            await notes.WriteLineAsync($"labels: {string.Join(", ", outcome.Labels)}");
        }

        if (outcome?.ResultJson is { } json) await result.WriteLineAsync(json);
        if (outcome?.Error is { } error) await notes.WriteLineAsync($"{error.Type}: {error.Message}");
    }
}
