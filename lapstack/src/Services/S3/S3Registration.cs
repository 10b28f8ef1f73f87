using Lapstack.Ports;
using Lapstack.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.S3;

internal static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services) => services
        .AddSingleton<Buckets>()
        .AddSingleton<Blobs>()
        .AddSingleton<Objects>().AddPort<IObjects, Objects>()
        .AddSingleton<Uploads>()
        .AddSingleton<ObjectEvents>()
        .AddSingleton<ObjectWriter>()
        .AddSingleton<IS3Operations, BucketOperations>()
        .AddSingleton<IS3Operations, BucketConfiguration>()
        .AddSingleton<IS3Operations, TaggingOperations>()
        .AddSingleton<IS3Operations, ListOperations>()
        .AddSingleton<IS3Operations, ReadOperations>()
        .AddSingleton<IS3Operations, WriteOperations>()
        .AddSingleton<IS3Operations, PostOperations>()
        .AddSingleton<IS3Operations, DeleteOperations>()
        .AddSingleton<IS3Operations, MultipartOperations>()
        .AddSingleton<CorsOperations>()
        .AddService<S3Service>()
        .AddResource<BucketType>()
        .AddSingleton<IExistingResources, ExistingBuckets>();
}
