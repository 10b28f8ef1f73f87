using Jobs.Emulator.Processes;
using Jobs.Emulator.Services.AutoScaling;
using Jobs.Emulator.Services.CloudFormation;
using Jobs.Emulator.Services.CloudWatch;
using Jobs.Emulator.Services.Delivery;
using Jobs.Emulator.Services.DynamoDb;
using Jobs.Emulator.Services.Ecs;
using Jobs.Emulator.Services.Events;
using Jobs.Emulator.Services.Lambda;
using Jobs.Emulator.Services.Logs;
using Jobs.Emulator.Services.S3;
using Jobs.Emulator.Services.Scheduler;
using Jobs.Emulator.Services.Sns;
using Jobs.Emulator.Services.Sqs;
using Jobs.Emulator.Services.Sts;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator;

/// <summary>
/// The one place where services are put together: one line per room, each after what it calls. Residents stop in the
/// opposite order, so a caller is gone before what it calls.
/// </summary>
internal static class Composition
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddProcesses()
        .AddSts()
        .AddCloudFormation()
        .AddDynamoDb()
        .AddSqs()
        .AddLogs()
        .AddLambda()
        .AddDelivery()
        .AddSns()
        .AddEvents()
        .AddScheduler()
        .AddEcs()
        .AddAutoScaling()
        .AddCloudWatch()
        .AddS3();
}
