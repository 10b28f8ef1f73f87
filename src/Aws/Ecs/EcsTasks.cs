using System.Globalization;
using System.Net;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Jobs.Core;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Verdicts;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Aws.Ecs;

/// <summary>Tasks on Fargate through the ECS API.</summary>
/// <param name="launches">Sends RunTask, and sends it once: a client that repeats calls by itself would hide lost
/// answers.</param>
/// <param name="ecs">For all other calls, which may be repeated; made when the first is.</param>
public sealed class EcsTasks(IAmazonECS launches, Lazy<IAmazonECS> ecs, EcsSettings settings) : ITasks
{
    public async Task<LaunchAnswer> LaunchAsync(Launch launch, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(launch, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsBrokenConnection(e))
        {
            // Most likely one that was kept while the function was frozen, and closed meanwhile. But the request may
            // have arrived: then a refusal of the second would not prove that the first started nothing.
            return await SendAgainAsync(launch, cancellation) is LaunchAnswer.Accepted accepted
                ? accepted
                : new LaunchAnswer.Unknown(e.Message);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsWithoutAnswer(e))
        {
            return new LaunchAnswer.Unknown(e.Message);
        }
    }

    public async Task StopAsync(string taskArn, string reason, CancellationToken cancellation)
    {
        try
        {
            await ecs.Value.StopTaskAsync(
                new StopTaskRequest { Cluster = settings.Cluster, Task = taskArn, Reason = reason }, cancellation);
        }
        catch (InvalidParameterException)
        {
            // ECS no longer knows the task: it has stopped more than an hour ago.
        }
    }

    public async Task<IReadOnlyList<string>> FindAsync(LaunchId launch, CancellationToken cancellation)
    {
        var running = await ListAsync(launch, DesiredStatus.RUNNING, cancellation);
        return running.Count > 0 ? running : await ListAsync(launch, DesiredStatus.STOPPED, cancellation);
    }

    private async Task<List<string>> ListAsync(LaunchId launch, DesiredStatus status, CancellationToken cancellation)
    {
        var answer = await ecs.Value.ListTasksAsync(
            new ListTasksRequest
            {
                Cluster = settings.Cluster,
                StartedBy = launch.ToString(),
                DesiredStatus = status,
            }, cancellation);
        return answer.TaskArns ?? [];
    }

    private async Task<LaunchAnswer> SendAgainAsync(Launch launch, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(launch, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsWithoutAnswer(e))
        {
            return new LaunchAnswer.Unknown(e.Message);
        }
    }

    private async Task<LaunchAnswer> SendAsync(Launch launch, CancellationToken cancellation)
    {
        try
        {
            return Read(await launches.RunTaskAsync(Request(launch), cancellation));
        }
        catch (ConflictException e)
        {
            // The token was used before with other parameters, by an older deployment: that launch has its task.
            return e.ResourceIds is { Count: > 0 }
                ? new LaunchAnswer.Accepted(e.ResourceIds[0])
                : new LaunchAnswer.Unknown(e.Message);
        }
        catch (AmazonServiceException e) when (e.StatusCode < HttpStatusCode.InternalServerError && e.StatusCode != 0)
        {
            return new LaunchAnswer.Refused(RefusalVerdicts.Classify(e.ErrorCode ?? e.GetType().Name, e.Message));
        }
    }

    private static bool IsBrokenConnection(Exception e) => e is HttpRequestException or IOException
        || (e is AmazonServiceException { StatusCode: 0, InnerException: { } inner } && IsBrokenConnection(inner));

    private static bool IsWithoutAnswer(Exception e) =>
        e is AmazonServiceException or HttpRequestException or TimeoutException or IOException
            or OperationCanceledException;

    private static LaunchAnswer Read(RunTaskResponse answer)
    {
        if (answer.Tasks is [var task, ..]) return new LaunchAnswer.Accepted(task.TaskArn);
        return answer.Failures is [var failure, ..]
            ? new LaunchAnswer.Refused(RefusalVerdicts.Classify(failure.Reason ?? "", failure.Detail))
            : new LaunchAnswer.Refused(RefusalVerdicts.Classify("RunTask started no task and gave no reason", null));
    }

    // Byte-identical for one launch, or ECS answers its repetition with a conflict: nothing here may depend on the
    // time.
    private RunTaskRequest Request(Launch launch)
    {
        var request = new RunTaskRequest
        {
            Cluster = settings.Cluster,
            TaskDefinition = Names.TaskFamily(settings.Stack, launch.Id.Run.Job),
            Count = 1,
            StartedBy = launch.Id.ToString(),
            ClientToken = launch.Id.ClientToken,
            PropagateTags = PropagateTags.TASK_DEFINITION,
            NetworkConfiguration = new NetworkConfiguration
            {
                AwsvpcConfiguration = new AwsVpcConfiguration
                {
                    Subnets = [.. settings.Subnets],
                    SecurityGroups = [.. settings.SecurityGroups],
                    AssignPublicIp = settings.AssignPublicIp,
                },
            },
            Overrides = new TaskOverride
            {
                Cpu = Text(launch.Size.Cpu),
                Memory = Text(launch.Size.MemoryMiB),
                ContainerOverrides =
                [
                    new ContainerOverride { Name = Names.WorkerContainer, Environment = [.. Variables(launch)] },
                ],
            },
        };
        if (launch.Spot)
        {
            request.CapacityProviderStrategy =
            [
                new CapacityProviderStrategyItem { CapacityProvider = "FARGATE_SPOT", Weight = 1 },
            ];
        }
        else request.LaunchType = LaunchType.FARGATE;
        return request;
    }

    private static IEnumerable<Amazon.ECS.Model.KeyValuePair> Variables(Launch launch)
    {
        yield return Variable(EnvironmentNames.RunId, launch.Id.Run.ToString());
        yield return Variable(EnvironmentNames.Launch, launch.Id.Number.ToString(CultureInfo.InvariantCulture));
        if (launch.Trace is { } trace) yield return Variable(EnvironmentNames.TraceParent, trace);
        if (launch.Upload is not { } upload) yield break;
        yield return Variable(EnvironmentNames.UploadBucket, upload.Bucket);
        yield return Variable(EnvironmentNames.UploadKey, upload.Key);
        if (upload.VersionId is { } version) yield return Variable(EnvironmentNames.UploadVersionId, version);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Amazon.ECS.Model.KeyValuePair Variable(string name, string value) =>
        new() { Name = name, Value = value };
}
