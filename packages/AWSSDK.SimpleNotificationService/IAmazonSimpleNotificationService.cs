using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <summary>The operations used. The official interface has more: implement it nowhere, subclass the client instead.</summary>
public interface IAmazonSimpleNotificationService : IAmazonService, IDisposable
{
    Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSimpleNotificationServiceConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonSimpleNotificationServiceConfig config)
            throw new AmazonClientException("ClientConfig is not of type AmazonSimpleNotificationServiceConfig to create AmazonSimpleNotificationServiceClient");
        return awsCredentials is null ? new AmazonSimpleNotificationServiceClient(config) : new AmazonSimpleNotificationServiceClient(awsCredentials, config);
    }
}
