using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Sqs;

internal static class SqsRegistration
{
    public static IServiceCollection AddSqs(this IServiceCollection services) => services
        .AddSingleton<QueueStore>()
        .AddSingleton<MoveTasks>().AddHostedPart<MoveTasks>()
        .AddSingleton<MoveOperations>()
        .AddService<SqsService>()
        .AddSingleton<SqsQueues>()
        .AddPort<IQueues, SqsQueues>()
        .AddResource<QueueType>();
}
