namespace Amazon.SQS.Model;

public class MessageAttributeValue
{
    public List<MemoryStream> BinaryListValues { get; set; }

    public MemoryStream BinaryValue { get; set; }

    public string DataType { get; set; }

    public List<string> StringListValues { get; set; }

    public string StringValue { get; set; }
}

public class MessageSystemAttributeValue
{
    public List<MemoryStream> BinaryListValues { get; set; }

    public MemoryStream BinaryValue { get; set; }

    public string DataType { get; set; }

    public List<string> StringListValues { get; set; }

    public string StringValue { get; set; }
}
