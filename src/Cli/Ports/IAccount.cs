namespace Jobs.Cli.Ports;

/// <summary>
/// What an AWS account must have before a stack can be deployed into it, and what is set on the parts that a stack was
/// given. Each call may be refused, which says nothing of what is asked.
/// </summary>
internal interface IAccount
{
    /// <summary>Whether IAM has a role of this name.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<bool> HasRoleAsync(string role, CancellationToken cancellation);

    /// <summary>Makes the role that a service uses in this account. That it is there already is no error.</summary>
    /// <param name="service">Such as ecs.amazonaws.com.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused.</exception>
    Task CreateServiceLinkedRoleAsync(string service, CancellationToken cancellation);

    /// <summary>
    /// A quota as it is applied to the account in its Region; AWS's default where the account has none of its own.
    /// </summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<double> QuotaAsync(string service, string code, CancellationToken cancellation);

    /// <summary>
    /// Executions of all Lambda functions at once that the account has in its Region, without those reserved for single
    /// functions.
    /// </summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<int> FunctionConcurrencyAsync(CancellationToken cancellation);

    /// <summary>A parameter of Systems Manager; null when there is none of this name.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<string?> ParameterAsync(string name, CancellationToken cancellation);

    /// <summary>Names of the capacity providers that a cluster offers; null when there is no such cluster.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<IReadOnlyCollection<string>?> CapacityProvidersAsync(string cluster, CancellationToken cancellation);

    /// <summary>The policy of a topic, as JSON.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<string> TopicPolicyAsync(string topicArn, CancellationToken cancellation);

    /// <summary>The policy of a KMS key, as JSON.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<string> KeyPolicyAsync(string keyArn, CancellationToken cancellation);
}
