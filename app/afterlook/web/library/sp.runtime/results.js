// Results of methods that return a value: filled when the request has succeeded.

class ClientResult {
  constructor() {
    this.value = /** @type {any} */ (undefined);
    this.isThere = false;
  }

  get_value() {
    if (!this.isThere) throw new Error(notYet("The result"));
    return this.value;
  }

  /** @param {any} value */
  setValue(value) {
    this.value = value;
    this.isThere = true;
  }

  /** @param {any} json */
  fromJson(json) {
    this.setValue(readValue(json));
  }
}

class BooleanResult extends ClientResult {}
class CharResult extends ClientResult {}
class IntResult extends ClientResult {}
class DoubleResult extends ClientResult {}
class StringResult extends ClientResult {}
class DateTimeResult extends ClientResult {}
class GuidResult extends ClientResult {}
class JsonObjectResult extends ClientResult {}
