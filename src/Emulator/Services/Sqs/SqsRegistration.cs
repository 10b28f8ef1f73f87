using Jobs.Emulator.Seams;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.Sqs;

internal static class SqsRegistration
{
    public static IServiceCollection AddSqs(this IServiceCollection services) => services
        .AddSingleton<QueueStore>()
        .AddService<SqsService>()
        .AddSingleton<SqsQueues>()
        .AddSeam<IQueues, SqsQueues>()
        .AddResource<QueueType>();
}
