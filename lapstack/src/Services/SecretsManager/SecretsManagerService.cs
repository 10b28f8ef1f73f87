using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>Secrets Manager on the wire (JSON 1.1).</summary>
internal sealed class SecretsManagerService : JsonService
{
    public SecretsManagerService(SecretReads reads, SecretWrites writes, SecretDeletion deletion)
        : base("secretsmanager", "secretsmanager", Protocol.AwsJson11)
    {
        Add("CreateSecret", writes.Create);
        Add("PutSecretValue", writes.PutValue);
        Add("UpdateSecret", writes.Update);
        Add("UpdateSecretVersionStage", writes.MoveStage);
        Add("DeleteSecret", deletion.Delete);
        Add("RestoreSecret", deletion.Restore);
        Add("GetSecretValue", reads.GetValue);
        Add("DescribeSecret", reads.Describe);
        Add("ListSecrets", reads.List);
        Add("ListSecretVersionIds", reads.ListVersions);
        Add("GetRandomPassword", reads.RandomPassword);
    }

    public override bool TakesSecrets => true;
}
