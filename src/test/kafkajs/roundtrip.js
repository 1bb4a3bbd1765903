// Publishes requests in Avro and prints each response as one line of JSON, as a client in another language would.
// Arguments: brokers, registry, requests topic, responses topic, schema file, number of requests.
const fs = require("fs");
const { Kafka, logLevel } = require("kafkajs");
const { SchemaRegistry, SchemaType } = require("@kafkajs/confluent-schema-registry");

async function main([brokers, registryUrl, requests, responses, schemaFile, count]) {
  const kafka = new Kafka({ clientId: "kafkajs", brokers: brokers.split(","), logLevel: logLevel.ERROR });
  const registry = new SchemaRegistry({ host: registryUrl });
  const schema = { type: SchemaType.AVRO, schema: fs.readFileSync(schemaFile, "utf8") };
  const { id } = await registry.register(schema, { subject: `${requests}-kafkajs-value` });

  const producer = kafka.producer();
  await producer.connect();
  for (let i = 0; i < Number(count); i++) {
    const value = await registry.encode(id, {
      id: `kafkajs-${i}`,
      priority: "high",
      metadata: { client: "kafkajs" },
      model: "grok-4.5",
      messages: [{ role: "user", content: [{ text: `number ${i}` }] }],
      temperature: 0.5,
      extra: JSON.stringify({ logprobs: true }),
    });
    await producer.send({ topic: requests, messages: [{ key: `key-${i}`, value }] });
  }
  await producer.disconnect();

  const consumer = kafka.consumer({ groupId: `kafkajs-${process.pid}`, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topic: responses, fromBeginning: true });
  let seen = 0;
  await new Promise((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          try {
            const response = await registry.decode(message.value);
            console.log(
              JSON.stringify({
                key: message.key.toString(),
                id: response.id,
                status: response.status,
                content: response.content,
                client: response.metadata.client,
                priority: response.priority,
              }),
            );
            if (++seen === Number(count)) resolve();
          } catch (failure) {
            reject(failure);
          }
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (failure) => {
    console.error(failure);
    process.exit(1);
  },
);
