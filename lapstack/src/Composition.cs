using Lapstack.Delivery;
using Lapstack.Processes;
using Lapstack.Services;
using Lapstack.Services.AutoScaling;
using Lapstack.Services.CloudFormation;
using Lapstack.Services.CloudWatch;
using Lapstack.Services.DynamoDb;
using Lapstack.Services.Ecs;
using Lapstack.Services.Events;
using Lapstack.Services.Lambda;
using Lapstack.Services.Logs;
using Lapstack.Services.S3;
using Lapstack.Services.Scheduler;
using Lapstack.Services.SecretsManager;
using Lapstack.Services.SecretValues;
using Lapstack.Services.Sns;
using Lapstack.Services.Sqs;
using Lapstack.Services.Ssm;
using Lapstack.Services.Sts;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack;

/// <summary>
/// The one place where services are put together: one line per folder, each after what it calls. HostedParts stop in
/// the opposite order, so a caller is gone before what it calls.
/// </summary>
internal static class Composition
{
    public static IServiceCollection AddLapstack(this IServiceCollection services, LapstackOptions options) => services
        .AddProcesses()
        .AddSingleton(options.Debugged)
        .AddSingleton(new ExtraVariables(options.Environment))
        .AddSingleton(new UserSecrets(options.UserSecrets))
        .AddSts()
        .AddCloudFormation()
        .AddDynamoDb()
        .AddSsm()
        .AddSecretsManager()
        .AddSecretValues()
        .AddSqs()
        .AddLogs()
        .AddLambda()
        .AddDelivery()
        .AddSns()
        .AddEvents()
        .AddScheduler()
        .AddEcs(options.ContainerEngine)
        .AddAutoScaling(options.ScalingPeriod)
        .AddCloudWatch()
        .AddS3();
}
